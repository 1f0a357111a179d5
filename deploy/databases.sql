-- The claims and Rasa's conversations, beside the desk's own database, which PostgreSQL's image makes.
CREATE DATABASE claims OWNER desk;
CREATE DATABASE tracker OWNER desk;
