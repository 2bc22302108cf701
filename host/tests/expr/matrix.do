matrix A = (1,2\3,4)
matrix list A
matrix B = A'*A + I(2)
matrix list B
matrix C = inv(A)
matrix list C, format(%9.3f)
matrix rownames C = one two
matrix colnames C = a b
matrix list C
display C[1,2] + el(C,1,1) + rowsof(C) + det(A)
matrix E = nullmat(E) \ (1,2)
matrix E = nullmat(E) \ (3,4)
matrix E[2,2] = 10
matrix list E
matrix input F = (1 2 3 \ 4 -5 .)
matrix list F
matrix S = F[1..2,2...]
matrix list S
matrix dir
capture noisily matrix G = A*F'
capture noisily matrix G = inv((1,2\2,4))
matrix drop A
matrix list A
