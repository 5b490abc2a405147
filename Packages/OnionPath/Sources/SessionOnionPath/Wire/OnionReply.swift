public import HTTPTypes

/// The destination's answer, decrypted.
public struct OnionReply: Hashable, Sendable {
    /// Status codes that HTTP has room for.
    static let statuses = 100...999

    /// The destination's own status code.
    public var status: Int
    /// A server's header fields; none from a service node.
    public var headers: HTTPFields
    public var body: [UInt8]

    public init(status: Int, headers: HTTPFields = [:], body: [UInt8]) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}
