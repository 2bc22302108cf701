*! version 0.1.0  26nov2026
* _shm_split ... using ...: leaves in the caller's locals what stands `before' the word using
* and what stands `after' it. syntax will not do: if and in are about another data set here.

program _shm_split
	version 14.1
	local rest : copy local 0
	local all : strlen local 0
	local depth 0
	while `"`macval(rest)'"' != "" {
		local left : strlen local rest
		* Every character after which a text in quotes may begin parts words, so that a
		* quoted text is a word of its own.
		gettoken word rest : rest, parse(" ,()=<>!~&|+-*/^:[]") quotes
		if `"`macval(word)'"' == "using" {
			local before = substr(`"`macval(0)'"', 1, `all' - `left')
			c_local before `"`macval(before)'"'
			c_local after `"`macval(rest)'"'
			exit
		}
		local depth = `depth' + (`"`macval(word)'"' == "(") - (`"`macval(word)'"' == ")")
		if `"`macval(word)'"' == "," & `depth' == 0 {
			local rest
		}
	}
	display as error "using required"
	exit 100
end
