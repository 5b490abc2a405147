import HTTPTypes
import SessionSwarm

/// A request as the services of the network see it.
struct HTTPCall: Sendable {
    var method: HTTPRequest.Method
    /// Path with query, as the client wrote it.
    var path: String
    var headers: HTTPFields
    var body: [UInt8]
    /// Where the connection comes from, without the port.
    var clientAddress: String
}

/// What a service answers.
struct HTTPAnswer: Sendable {
    var status: Int
    var headers: HTTPFields
    var body: [UInt8]

    init(status: Int, contentType: String, body: [UInt8]) {
        self.status = status
        self.headers = [.contentType: contentType]
        self.body = body
    }

    static func text(_ status: Int, _ text: String) -> HTTPAnswer {
        HTTPAnswer(status: status, contentType: "text/plain", body: Array(text.utf8))
    }

    static func json(_ value: JSONValue, status: Int = 200) -> HTTPAnswer {
        HTTPAnswer(status: status, contentType: "application/json", body: value.encoded())
    }
}
