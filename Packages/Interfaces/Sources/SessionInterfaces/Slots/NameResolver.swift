/// The name slot: from a readable name to an account.
public protocol NameResolver: Sendable {
    /// The account that `name` belongs to.
    /// - Throws: `NameError`, or `CancellationError`.
    func resolve(_ name: String) async throws -> AccountID
}

/// Why a name leads to no account. Not found, disagreement and network failure are different outcomes.
public struct NameError: CodedError {
    public enum Code: String, Sendable {
        /// The text breaks the rules for names.
        case invalidName = "name_invalid"
        /// Everyone asked says that the name is not registered.
        case notFound = "name_not_found"
        /// Those asked gave different answers.
        case disagreement = "name_disagreement"
        /// Too few answers that could be read.
        case unavailable = "name_unavailable"
        /// The record cannot be decrypted or holds no account.
        case invalidRecord = "name_invalid_record"
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
