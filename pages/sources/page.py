"""Sources: where every number comes from, and how the model compares with what was published later."""

import streamlit as st

from model.backtest import backtest
from model.backtest_inputs import CALIBRATED, SORTS
from model.editions import edition_words, editions
from model.registry import GROUPS
from pages.kit import headings
from pages.kit.addresses import page_address
from pages.kit.show import offer, offer_rows, read, show
from pages.kit.words import markdown_text
from pages.session import showing
from pages.sidebar import edition_label
from pages.sources import method, words
from pages.sources.archive import archive
from pages.sources.assumptions import ALL_ASSUMPTIONS, assumptions_in_words
from pages.sources.backtest import BACKTEST, backtest_in_words
from pages.sources.backtest_inputs import BACKTEST_INPUTS, inputs_in_words
from pages.sources.controls import EDITION, edition_listed, search_boxes, tabs_widget
from pages.sources.edition_rows import beside, edition_in_words, edition_table, file_word, kinds
from pages.sources.facts import ALL_FACTS, facts_in_grid, split_facts, statements_in_words
from pages.sources.hits import hits, searched, tab_labels
from pages.sources.results import ALL_RESULTS, results_in_words
from pages.sources.search import matching

view, address = showing.current_view(), page_address()
known_as = kinds(view.scenario.edition)


headings.title("Where the numbers come from")
st.markdown(
    "Every number here is a fact with a source, an assumption that you can move, or the result of a formula; "
    "this page shows all three, and how far off the model has been."
)
st.caption(words.counts())

# ------------------------------------------------------------------- search
with st.container(horizontal=True, vertical_alignment="bottom"):
    query, wanted = search_boxes(list(known_as))
    st.space("stretch")
    st.download_button(
        "Download all of it",
        lambda: archive(view, address),
        file_name=f"alliance-explorer-sources-{file_word(view.scenario.edition)}.zip",
        mime="application/zip",
        key="source_archive",
        on_click="ignore",
        icon=":material/folder_zip:",
        help="One ZIP: facts, assumptions, backtest, other makers, editions and method, with edition, version and link",
    )

for figure in (ALL_RESULTS, ALL_ASSUMPTIONS, ALL_FACTS):
    read(figure, view)
tables = searched(view, edition_listed(view))
found = hits(tables, query, wanted)
found_results, found_assumptions, found_facts = (found[name] for name in ("Results", "Assumptions", "Facts"))
searching = bool(query.strip() or wanted)
if searching:
    told = [(found[name], tables[name], name.lower()) for name in ("Results", "Assumptions", "Facts")]
    st.markdown(words.search_result(query, wanted, told))

labels = tab_labels(found, searching)
checked, results, assumptions, facts, in_words, frozen = st.tabs(list(labels.values()), **tabs_widget(labels))

# ------------------------------------------------- checked against the world
if checked.open:
    with checked:
        show(BACKTEST, view)
        st.markdown(words.backtest_explained(backtest()))
        st.page_link("peers/page.py", label=words.OTHERS, icon=":material/arrow_forward:")
        for role, heading in words.ROLE_HEADINGS.items():
            headings.finding(heading)
            if role == CALIBRATED:
                st.markdown(words.next_year())
            st.table(
                backtest_in_words(read(BACKTEST, view), role),
                hide_index=True,
                border="horizontal",
                alt=f"Published and modelled tariff cost: {role}",
            )
        headings.finding("What goes in, fixed before the comparison is run")
        st.markdown("\n".join(f"- **{sort}**: {markdown_text(meaning)}" for sort, meaning in SORTS.items()))
        offer(BACKTEST_INPUTS, view)
        declared = read(BACKTEST_INPUTS, view)
        with st.expander(f"All {len(declared.rows)} inputs"):
            st.table(
                inputs_in_words(declared),
                hide_index=True,
                border="horizontal",
                alt="What goes into the comparison with published tariff cost",
            )

# ------------------------------------------------------------------ results
if results.open:
    with results:
        st.markdown(
            f"What the model gives for this scenario in {view.year_label}, beside the reference. "
            "“Where from?” tells how each number came about."
        )
        if found_results.rows.empty:
            st.info(words.nothing_found("result", query, wanted))
        else:
            offer_rows(found_results, found_results.rows["result"].tolist())
            st.table(results_in_words(found_results), hide_index=True, border="horizontal", alt="Results of the model")

# -------------------------------------------------------------- assumptions
if assumptions.open:
    with assumptions:
        st.markdown(
            f"What you can move, with the defaults of the edition {edition_words(view.scenario.edition)}. "
            f"{words.changed_count(view)}"
        )
        if found_assumptions.rows.empty:
            st.info(words.nothing_found("assumption", query, wanted))
        else:
            offer_rows(found_assumptions)
        for group, title in GROUPS.items():
            shown = assumptions_in_words(found_assumptions, group)
            if not shown.empty:
                headings.finding(title)
                st.table(shown, hide_index=True, border="horizontal", alt=f"Assumptions: {title}")

# -------------------------------------------------------------------- facts
if facts.open:
    with facts:
        st.markdown("\n".join(f"- **{kind}**: {markdown_text(meaning)}" for kind, meaning in known_as.items()))
        if found_facts.rows.empty:
            st.info(words.nothing_found("fact", query, wanted))
        else:
            offer_rows(found_facts)
            numbers, statements = split_facts(found_facts)
            if not numbers.rows.empty:
                st.dataframe(
                    facts_in_grid(numbers),
                    hide_index=True,
                    height="auto" if len(numbers.rows) < 9 else 640,
                    row_height=66,  # three lines; below 4 rem Streamlit does not wrap text
                    alt="Facts with value, date, kind, source and note",
                    column_config={
                        "Fact": st.column_config.TextColumn(width=195),
                        "Value": st.column_config.TextColumn(width=118),
                        "As of": st.column_config.TextColumn(width=90),
                        "Kind": st.column_config.TextColumn(width=84),
                        "Source": st.column_config.TextColumn(width=218),
                        "Address": st.column_config.LinkColumn(
                            "Link",
                            width=60,
                            display_text=":material/open_in_new:",
                            help="Opens the source in a new tab",
                        ),
                        "Note": st.column_config.TextColumn(width=206),
                        "Name": st.column_config.TextColumn(width=270),
                    },
                )
            if not statements.rows.empty:
                headings.finding("Rules, days and statements")
                st.table(
                    statements_in_words(statements),
                    hide_index=True,
                    border="horizontal",
                    alt="Facts in words: rules, days and statements",
                )

# ------------------------------------------------------------------- method
if in_words.open:
    with in_words:
        for title, text in method.sections():
            headings.finding(f"{title}\n{markdown_text(text)}")
        headings.finding("The ten channels: ways in which a scenario changes operating profit")
        for place, channel in enumerate(method.channels(), start=1):
            names = ", ".join(f"`{formula.name}`" for formula in channel.formulas)
            st.markdown(f"{place}. **{channel.title}.** {markdown_text(channel.words)}  \n   Formulas: {names}")
        headings.finding("Every formula by topic")
        for topic in method.topics():
            with st.expander(f"{topic.title}: {len(topic.formulas)} formulas"):
                st.code("\n".join(topic.equations), language=None, wrap_lines=True)
                st.markdown(markdown_text(topic.remarks))
                st.table(
                    [
                        {"Formula": f"`{f.name}`", "Meaning": markdown_text(f.meaning), "Unit": markdown_text(f.unit)}
                        for f in topic.formulas
                    ],
                    hide_index=True,
                    border="horizontal",
                    alt=f"Formulas: {topic.title}",
                )

# ----------------------------------------------------------------- editions
if frozen.open:
    with frozen:
        editions_shown = list(dict.fromkeys((view.scenario.edition, *reversed(editions()))))
        if st.session_state.get("source_edition") not in editions_shown:
            st.session_state["source_edition"] = view.scenario.edition  # other figures than those it was derived with
        chosen = st.segmented_control(
            "Edition",
            editions_shown,
            format_func=edition_label,
            required=True,
            key=EDITION,
        )
        other = beside(chosen or view.scenario.edition)
        st.markdown(
            "An edition is the world as of a date: what the companies had guided, the rates in force, and the defaults "
            "of assumptions that depend on them. It is never changed; news goes into a new one."
        )
        rows_found = matching(edition_table(chosen or view.scenario.edition), query, wanted)
        if rows_found.rows.empty:
            st.info(words.nothing_found("value of this edition", query, wanted))
        else:
            offer_rows(rows_found)
            st.table(
                edition_in_words(rows_found, edition_table(other)),
                hide_index=True,
                border="horizontal",
                alt=f"Values of the edition {edition_words(chosen or view.scenario.edition)}",
            )
