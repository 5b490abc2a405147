import SessionInterfaces

/// Why bytes are not what an onion request or its answer must be.
public struct OnionError: CodedError {
    public enum Code: String, Sendable {
        /// The outer frame, or the request that arrived in it, breaks the format.
        case malformedEnvelope = "onion_malformed_envelope"
        /// A decrypted layer breaks the format.
        case malformedLayer = "onion_malformed_layer"
        /// A layer does not decrypt with this key.
        case undecryptableLayer = "onion_undecryptable_layer"
        /// A request cannot be built from these values.
        case invalidRequest = "onion_invalid_request"
        /// The answer does not decrypt: it is damaged, or does not come from the destination.
        case undecryptableReply = "onion_undecryptable_reply"
        /// The answer comes from the destination, but breaks the format.
        case malformedReply = "onion_malformed_reply"
        /// A request to a server breaks the format.
        case malformedServerRequest = "onion_malformed_server_request"
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
