import SessionInterfaces

/// What one account could not do.
public struct MessengerError: CodedError {
    public enum Code: String, Sendable {
        /// The recipient is no account that messages can be sent to.
        case unsupportedRecipient = "messenger_unsupported_recipient"
        /// The caller's key for a message names another one already.
        case keyInUse = "messenger_key_in_use"
        /// The store holds no account.
        case noAccount = "messenger_no_account"
        /// The store already holds an account.
        case accountExists = "messenger_account_exists"
    }

    public let code: Code
    public let message: String
    public let underlying: (any Error)?

    public init(_ code: Code, _ message: String, underlying: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.underlying = underlying
    }
}
