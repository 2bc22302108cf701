if 1 {
    display 1
} else {
    display 2
}
