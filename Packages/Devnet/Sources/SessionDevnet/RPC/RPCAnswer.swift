import SessionInterfaces
import SessionSwarm

/// The result of a storage RPC call; thrown when it is a refusal.
struct RPCAnswer: Error, Hashable, Sendable {
    enum Body: Hashable, Sendable {
        case json(JSONValue)
        case text(String)
        case binary([UInt8])
    }

    var status: Int
    var body: Body

    static func json(_ value: JSONValue) -> RPCAnswer { RPCAnswer(status: 200, body: .json(value)) }

    static func text(_ status: Int, _ text: String) -> RPCAnswer { RPCAnswer(status: status, body: .text(text)) }

    /// A parameter is missing or wrong.
    static func invalid(_ detail: String) -> RPCAnswer { .text(400, "invalid request: \(detail)") }

    /// How the answer stands in the results of a batch.
    var subresult: JSONValue { ["code": .integer(Int64(status)), "body": bodyValue] }

    /// The body as a JSON value.
    var bodyValue: JSONValue {
        switch body {
        case .json(let value): value
        case .text(let text): .string(text)
        case .binary(let bytes): .string(Base64.encode(bytes))
        }
    }

    var http: HTTPAnswer {
        switch body {
        case .json(let value): .json(value, status: status)
        case .text(let text): .text(status, text)
        case .binary(let bytes): HTTPAnswer(status: status, contentType: "application/octet-stream", body: bytes)
        }
    }

    var isSuccess: Bool { (200..<300).contains(status) }
}
