* Python inside Stata (16 and later): what Python makes becomes the data in memory, and the
* data in memory become a data frame. Needs `pip install stata-pydata pandas` in the Python
* that `python query` names. adohost has no Python, so the tests of this repository run only
* what is between `python:` and `end`, against a stand-in for Stata.

clear
python:
import pandas as pd
import shm

frame = pd.DataFrame(
    {
        "id": [1, 2, 3],
        "wage": [12.5, None, 9.75],
        "sector": pd.Categorical(["public", "private", "public"]),
    }
)
shm.push(frame, variable_labels={"wage": "Hourly wage"})
end

describe
generate lwage = ln(wage)

python:
found = shm.pull("id lwage if !missing(lwage)")
print(found)
end
