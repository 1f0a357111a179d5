"""Which way of understanding a question does best here: variants of the matcher on the same labelled questions."""
