public import SessionInterfaces

/// What is wrong with a value of the Oxen chain, or why a daemon or a wallet gave no answer.
public struct OxenError: CodedError {
    public enum Code: String, Sendable {
        /// The text is no address, or one of another network.
        case invalidAddress = "oxen_invalid_address"
        /// The text or the bytes are no owner.
        case invalidOwner = "oxen_invalid_owner"
        /// The text or the bytes are no value of the name's type.
        case invalidValue = "oxen_invalid_value"
        /// The bytes are no name field of a transaction.
        case invalidExtra = "oxen_invalid_extra"
        /// The text is no address of a daemon or a wallet.
        case invalidEndpoint = "oxen_invalid_endpoint"
        /// The daemon or the wallet cannot be reached, or does not answer in time.
        case unreachable = "oxen_unreachable"
        /// It asks for a login, or for another one.
        case unauthorised = "oxen_unauthorised"
        /// It answers what no daemon and no wallet answers.
        case invalidAnswer = "oxen_invalid_answer"
        /// It answers with an error; `reason` has the number.
        case refused = "oxen_refused"
    }

    public let code: Code
    public let message: String
    public let underlying: (any Error)?
    /// The number of the error that the other side answers with. Follows protocol document 05, sections 2.2 and 3.2.
    public let reason: Int64?

    public init(_ code: Code, _ message: String, reason: Int64? = nil, underlying: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.reason = reason
        self.underlying = underlying
    }
}
