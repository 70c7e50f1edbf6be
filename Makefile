test:
	echo
