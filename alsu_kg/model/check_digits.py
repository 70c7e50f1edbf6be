"""Check digits of ISBN, ISSN and ORCID: the arithmetic of their standards, nothing else."""


def has_isbn10_check(text: str) -> bool:
    """Tell whether ten characters keep the ISBN-10 rule (ISO 2108:1992): weights 10 to 1, sum divisible by 11.

    >>> has_isbn10_check("0306406152"), has_isbn10_check("0306406153")
    (True, False)
    """
    return _weighted(text, range(10, 0, -1)) % 11 == 0


def has_isbn13_check(text: str) -> bool:
    """Tell whether thirteen digits keep the ISBN-13 rule (ISO 2108:2017): weights 1 and 3, sum divisible by 10.

    >>> has_isbn13_check("9780306406157"), has_isbn13_check("9780306406158")
    (True, False)
    """
    return _weighted(text, (1, 3) * 6 + (1,)) % 10 == 0


def has_issn_check(text: str) -> bool:
    """Tell whether eight characters keep the ISSN rule (ISO 3297): weights 8 to 1, sum divisible by 11.

    >>> has_issn_check("03784371"), has_issn_check("03784372")
    (True, False)
    """
    return _weighted(text, range(8, 0, -1)) % 11 == 0


def has_orcid_check(text: str) -> bool:
    """Tell whether sixteen characters keep ISO 7064 MOD 11-2, the rule of ORCID and ISNI.

    >>> has_orcid_check("0000000218250097"), has_orcid_check("0000000218250098")
    (True, False)
    """
    total = 0
    for digit in text[:-1]:
        total = (total + int(digit)) * 2
    return (12 - total % 11) % 11 == _value(text[-1])


def isbn10_to_isbn13(text: str) -> str:
    """Give the ISBN-13 of an ISBN-10: prefix 978, new check digit.

    >>> isbn10_to_isbn13("0306406152")
    '9780306406157'
    """
    body = "978" + text[:9]
    return body + str(-_weighted(body, (1, 3) * 6) % 10)


def _weighted(text: str, weights: range | tuple[int, ...]) -> int:
    return sum(weight * _value(digit) for weight, digit in zip(weights, text, strict=True))


def _value(digit: str) -> int:
    return 10 if digit in "xX" else int(digit)
