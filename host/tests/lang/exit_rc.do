display 1
exit 42
