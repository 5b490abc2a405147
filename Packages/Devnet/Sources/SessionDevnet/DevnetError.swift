import SessionInterfaces

/// What a development network could not do.
public struct DevnetError: CodedError {
    public enum Code: String, Sendable {
        /// A setting, or a parameter of a request to steer the network, is missing or out of range.
        case invalidSetting = "devnet_invalid_setting"
        /// A port is taken, or may not be opened.
        case portUnavailable = "devnet_port_unavailable"
        /// The store holds a network of another shape.
        case storeMismatch = "devnet_store_mismatch"
        /// The network was not started, or was stopped.
        case notRunning = "devnet_not_running"
        /// No node of the network has this key.
        case unknownNode = "devnet_unknown_node"
        /// A description of a network lacks something or holds a wrong value.
        case invalidDescriptor = "devnet_invalid_descriptor"
        /// The network could not be set up.
        case failed = "devnet_failed"
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
