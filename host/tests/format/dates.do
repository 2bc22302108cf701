display %td td(29feb2020)
display %tdCCYY-NN-DD 0
display %tc tc(29feb2020 13:05:09)
display %tcHH:MM:SS.sss 1234
display %tm tm(2020m2) " " %tq tq(2020q1) " " %tw tw(2020w9) " " %th th(2020h2)
display %tdDayname,_Month_dd,_CCYY 21974
display year(21974), month(21974), day(21974), dow(21974)
display date("2020-02-29", "YMD")
