import FoundationEssentials
public import HTTPTypes
public import SessionInterfaces

/// A request to a server as it stands inside the onion, version 4. Follows protocol document 02, section 2.6.
public struct ServerRequestV4: Hashable, Sendable {
    public var method: HTTPRequest.Method
    /// Absolute path with query.
    public var endpoint: String
    public var headers: HTTPFields
    /// Nil when the request has no body part at all.
    public var body: [UInt8]?

    public init(method: HTTPRequest.Method, endpoint: String, headers: HTTPFields = [:], body: [UInt8]? = nil) {
        self.method = method
        self.endpoint = endpoint
        self.headers = headers
        self.body = body
    }

    /// What a client sends for `request`: no user agent, and a body is JSON unless its header fields say otherwise.
    public init(_ request: RoutedRequest) {
        var headers = request.headers
        headers[.userAgent] = nil
        if !request.body.isEmpty, headers[.contentType] == nil { headers[.contentType] = "application/json" }
        self.init(
            method: request.method, endpoint: request.path, headers: headers,
            body: request.body.isEmpty ? nil : request.body)
    }

    public func encoded() -> [UInt8] {
        let head = JSONText.object([
            ("method", JSONText.quoted(method.rawValue)), ("endpoint", JSONText.quoted(endpoint)),
            ("headers", HeaderText.object(headers, name: \.rawName)),
        ])
        return Bencoded.strings([Array(head.utf8)] + (body.map { [$0] } ?? [])).encoded
    }

    /// Reads a request, as a server.
    /// - Throws: `.malformedServerRequest`
    public init(decoding bytes: [UInt8]) throws(OnionError) {
        guard let parts = ServerParts.read(bytes), let head = parts.first else {
            throw OnionError(.malformedServerRequest, "the request is not a list of one or two byte strings")
        }
        let decoded: Head
        do {
            decoded = try JSONDecoder().decode(Head.self, from: Data(head))
        } catch {
            throw OnionError(.malformedServerRequest, "the request's head cannot be read", underlying: error)
        }
        guard let method = HTTPRequest.Method(decoded.method) else {
            throw OnionError(.malformedServerRequest, "the request's method is not one of HTTP")
        }
        guard decoded.endpoint.hasPrefix("/") else {
            throw OnionError(.malformedServerRequest, "the request's endpoint is not an absolute path")
        }
        self.init(
            method: method, endpoint: decoded.endpoint, headers: HeaderText.fields(decoded.headers ?? [:]),
            body: parts.count == 2 ? parts[1] : nil)
    }

    private struct Head: Decodable {
        let method: String
        let endpoint: String
        let headers: [String: String]?
    }
}
