package dev.parley.account.api;

/** Alphabets of what people type, as patterns for whole fields; lengths stand at the fields. {@code docs/security.md} lists both. */
final class Fields {
    /** Letters and digits of any script, and {@code . _ @ + -}: no blank, no control character, no emoji. */
    static final String ACCOUNT = "[\\p{L}\\p{M}\\p{N}._@+-]*";

    static final String ACCOUNT_ADVICE = "may hold letters, digits and . _ @ + -";
    /** As an account, without {@code @}. */
    static final String COMPANY = "[\\p{L}\\p{M}\\p{N}._+-]*";

    static final String COMPANY_ADVICE = "may hold letters, digits and . _ + -";
    /** Anything that can be seen, emoji with their joiners too; no control, no invisible format character such as a change of direction. */
    static final String TEXT = "(?:[^\\p{C}]|\\x{200D})*";

    static final String TEXT_ADVICE = "must not hold control or invisible characters";
    static final String EMAIL = "|[^\\s\\p{C}@]{1,64}@[^\\s\\p{C}@]{1,190}";
    static final String EMAIL_ADVICE = "must be an e-mail address, or empty";
    static final String PHONE = "[0-9+() -]*";
    static final String PHONE_ADVICE = "may hold digits, blanks and + ( ) -";
    static final String URL_OR_NONE = "|https?://[^\\s\\p{C}/?#]+[^\\s\\p{C}]*";
    static final String URL_ADVICE = "must be an http or https URL, or empty";

    private Fields() {}

    static String orElse(String value, String otherwise) {
        return value == null ? otherwise : value;
    }
}
