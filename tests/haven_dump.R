# For test_written_images.py: what haven reads in each image, as JSON, one line an image.
# Numbers are decimal and exact, missing values are ".", ".a" ... ".z".
suppressPackageStartupMessages({
  library(haven)
  library(jsonlite)
})

shown <- function(x) {
  if (is.character(x)) return(as.vector(x))
  plain <- as.double(unclass(x))
  tags <- na_tag(plain)
  ifelse(is.na(plain),
         ifelse(is.na(tags), ".", paste0(".", tags)),
         sprintf("%.17g", plain))
}

variable <- function(x) {
  labels <- attr(x, "labels", exact = TRUE)
  list(label = as.character(attr(x, "label", exact = TRUE)),
       format = as.character(attr(x, "format.stata", exact = TRUE)),
       texts = as.character(names(labels)),
       values = if (is.null(labels)) character() else shown(unname(labels)),
       cells = shown(x))
}

for (path in commandArgs(trailingOnly = TRUE)) {
  data <- read_dta(path)
  cat(toJSON(list(names = names(data),
                  rows = nrow(data),
                  label = as.character(attr(data, "label", exact = TRUE)),
                  notes = as.character(attr(data, "notes", exact = TRUE)),
                  variables = unname(lapply(data, variable)))), "\n", sep = "")
}
