import FoundationEssentials
public import HTTPTypes
public import SessionInterfaces

/// A request to an old server as it stands inside the onion, version 3: a JSON object whose body is text.
/// Follows protocol document 02, section 2.5.
public struct ServerRequestV3: Hashable, Sendable {
    public var method: HTTPRequest.Method
    /// Path with query; without a leading slash the server puts its own beginning in front.
    public var endpoint: String
    public var headers: HTTPFields
    /// Empty for none.
    public var body: String

    public init(method: HTTPRequest.Method, endpoint: String, headers: HTTPFields = [:], body: String = "") {
        self.method = method
        self.endpoint = endpoint
        self.headers = headers
        self.body = body
    }

    /// What a client sends for `request`; nil when its body is not UTF-8.
    public init?(_ request: RoutedRequest) {
        guard let body = String(validating: request.body, as: UTF8.self) else { return nil }
        var headers = request.headers
        headers[.userAgent] = nil
        if !body.isEmpty, headers[.contentType] == nil { headers[.contentType] = "application/json" }
        self.init(method: request.method, endpoint: request.path, headers: headers, body: body)
    }

    public func encoded() -> [UInt8] {
        let body = body.isEmpty ? [] : [("body", JSONText.quoted(body))]
        let object = JSONText.object(
            body + [
                ("endpoint", JSONText.quoted(endpoint)), ("headers", HeaderText.object(headers, name: \.rawName)),
                ("method", JSONText.quoted(method.rawValue)),
            ])
        return Array(object.utf8)
    }

    /// Reads a request, as a server.
    /// - Throws: `.malformedServerRequest`
    public init(decoding bytes: [UInt8]) throws(OnionError) {
        let members: Members
        do {
            members = try JSONDecoder().decode(Members.self, from: Data(bytes))
        } catch {
            throw OnionError(.malformedServerRequest, "the request cannot be read", underlying: error)
        }
        guard let method = HTTPRequest.Method(members.method) else {
            throw OnionError(.malformedServerRequest, "the request's method is not one of HTTP")
        }
        self.init(
            method: method, endpoint: members.endpoint, headers: HeaderText.fields(members.headers),
            body: members.body == "null" ? "" : members.body)
    }

    private struct Members: Decodable {
        let method: String
        let endpoint: String
        let headers: [String: String]
        let body: String

        private enum CodingKeys: String, CodingKey {
            case method, endpoint, headers, body
        }

        /// Members may be absent, but not null.
        init(from decoder: any Decoder) throws {
            let members = try decoder.container(keyedBy: CodingKeys.self)
            method = try members.decode(String.self, forKey: .method)
            endpoint = try members.decode(String.self, forKey: .endpoint)
            headers =
                members.contains(.headers) ? try members.decode([String: String].self, forKey: .headers) : [:]
            body = members.contains(.body) ? try members.decode(String.self, forKey: .body) : ""
        }
    }
}
