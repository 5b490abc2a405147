import SessionInterfaces
import SessionSwarm

@testable import SessionDevnet

/// One call of a transcript and the answer to it; a batch is several.
struct PeerExchange {
    /// Position of the transcript.
    let index: Int
    let method: String
    let parameters: JSONValue
    let status: Int64
    let body: JSONValue

    var account: AccountKey? {
        (parameters["pubkey"]?.string ?? parameters["pubKey"]?.string).flatMap { AccountKey(hex: $0) }
    }

    var namespace: Namespace { Namespace(rawValue: Int16(clamping: parameters["namespace"]?.integer ?? 0)) }

    /// The hash of what a store stores.
    var storedHash: MessageHash? {
        guard method == "store", status == 200, let data = parameters["data"]?.string.flatMap(Base64.decode) else {
            return nil
        }
        return account.map { $0.messageHash(namespace, data) }
    }

    /// The first part of a recursive answer that did not fail.
    var part: JSONValue? { body["swarm"]?.object?.values.first { $0["failed"] == nil } }

    /// The calls of a document, each with its part of the answer.
    static func list(_ index: Int, _ document: JSONValue, status: Int64, body: JSONValue) -> [PeerExchange] {
        guard let method = document["method"]?.string, let parameters = document["params"] else { return [] }
        guard let requests = parameters["requests"]?.array, let results = body["results"]?.array else {
            return [
                PeerExchange(index: index, method: method, parameters: parameters, status: status, body: body)
            ]
        }
        return zip(requests, results).flatMap { request, result in
            list(index, request, status: result["code"]?.integer ?? 0, body: result["body"] ?? .null)
        }
    }
}
