import FoundationEssentials
import SessionInterfaces
import SessionSwarm

/// What a `store` request asks a node to keep.
struct StoredItem {
    let hash: MessageHash

    init(_ document: [UInt8]) throws {
        let request = try JSONDecoder().decode(Request.self, from: Data(document))
        guard request.method == "store", let data = Base64.decode(request.params.data) else {
            throw SimulationError.unexpected("a request that is no store")
        }
        hash = .of(
            account: try AccountID(request.params.pubkey), namespace: Namespace(rawValue: request.params.namespace),
            data: data)
    }

    private struct Request: Decodable {
        let method: String
        let params: Parameters
    }

    private struct Parameters: Decodable {
        let pubkey: String
        let namespace: Int16
        let data: String
    }
}

enum SimulationError: Error {
    case unexpected(String)
}
