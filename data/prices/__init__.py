"""Share prices: the embedded month-end snapshot, and daily prices by yfinance that never hold anyone up.

`listings` names what the app knows, `lines` says what a series and a failure are, `snapshot` reads the
embedded figures, `yahoo` asks the service, `store` keeps what arrived for every visitor, and `refresh`
(`python -m data.prices refresh`) makes the snapshot anew.
"""
