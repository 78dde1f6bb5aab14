"""Parts that pages share: state, controls, charts, words and exports."""
