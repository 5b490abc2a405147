import FoundationEssentials
import HTTPTypes
import SessionInterfaces

/// Asks one daemon or wallet over JSON-RPC. Follows protocol document 05, sections 2.2 and 3.1.
struct RPCClient: Sendable {
    /// Bytes of the largest answer that is read.
    static let maximumAnswerSize = 4 << 20
    /// Characters of the longest explanation that is passed on.
    private static let maximumExplanationLength = 200

    /// "the daemon", "the wallet": the subject of sentences.
    let subject: String
    let endpoint: RPCEndpoint
    let transport: any Transport
    let timeLimit: Duration

    /// - Throws: `OxenError`, or `CancellationError`.
    func call<Result: Decodable>(
        _ method: String, _ parameters: some Encodable & Sendable = EmptyParameters(),
        as type: Result.Type = Result.self
    ) async throws -> Result {
        let body = try await exchange(RPCQuestion.document(method, parameters))
        let answer: RPCAnswer<Result>
        do {
            answer = try JSONDecoder().decode(RPCAnswer<Result>.self, from: Data(body))
        } catch {
            throw OxenError(
                .invalidAnswer, "\(subject) answers \(method) with something else than it has to", underlying: error)
        }
        if let error = answer.error {
            throw OxenError(
                .refused, "\(subject) refuses \(method): \(Self.printable(error.message)) (\(error.code))",
                reason: error.code)
        }
        guard let result = answer.result else {
            throw OxenError(.invalidAnswer, "\(subject) answers \(method) with neither a result nor an error")
        }
        return result
    }

    private func exchange(_ document: [UInt8]) async throws -> [UInt8] {
        var head = HTTPRequest(
            method: .post, scheme: endpoint.scheme, authority: endpoint.authority, path: "/json_rpc",
            headerFields: [.contentType: "application/json"])
        head.headerFields[.authorization] = endpoint.authorization
        let response: TransportResponse
        do {
            response = try await transport.send(
                TransportRequest(
                    head, body: document, trust: endpoint.trust, timeLimit: timeLimit,
                    maximumResponseSize: Self.maximumAnswerSize))
        } catch let error as TransportError {
            let isNonsense = error.code == .responseTooLarge || error.code == .malformedResponse
            throw OxenError(
                isNonsense ? .invalidAnswer : .unreachable,
                isNonsense ? "\(subject) answers what is no JSON-RPC" : "\(subject) cannot be reached",
                underlying: error)
        }
        switch response.head.status.code {
        case 200: return response.body
        case 401: throw OxenError(.unauthorised, "\(subject) asks for a login, or for another one")
        case 503: throw OxenError(.refused, "\(subject) is busy", reason: 503)
        case let status: throw OxenError(.invalidAnswer, "\(subject) answers with HTTP status \(status)")
        }
    }

    /// What the other side explains, in one line of bounded length.
    private static func printable(_ text: String) -> String {
        let line = text.unicodeScalars.lazy.map { $0.properties.generalCategory == .control ? " " : Character($0) }
        return String(line.prefix(maximumExplanationLength))
    }
}

struct EmptyParameters: Encodable {}

/// A question in JSON-RPC. The ID is a string since older wallets read nothing else.
struct RPCQuestion<Parameters: Encodable>: Encodable {
    private let jsonrpc = "2.0"
    private let id = "0"
    let method: String
    let params: Parameters

    static func document(_ method: String, _ parameters: Parameters) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return [UInt8](try encoder.encode(RPCQuestion(method: method, params: parameters)))
    }
}

private struct RPCAnswer<Result: Decodable>: Decodable {
    struct Failure: Decodable {
        let code: Int64
        let message: String
    }

    let result: Result?
    let error: Failure?
}
