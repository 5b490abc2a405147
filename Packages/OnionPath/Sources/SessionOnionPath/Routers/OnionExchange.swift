import HTTPTypes
import SessionCrypto
import SessionInterfaces

/// One attempt: wraps a payload in fresh layers, hands it to the guard, reads the answer. Keeps no state, so that
/// attempts run side by side, outside the router's actor.
struct OnionExchange: Sendable {
    enum Outcome: Sendable {
        case reply(OnionReply)
        case failure(OnionFailure)
    }

    let transport: any Transport
    let random: any RandomSource
    /// Largest acceptable answer of the guard, in bytes.
    let maximumResponseSize: Int

    /// - Throws: `CancellationError`
    func perform(
        _ payload: [UInt8], to destination: Destination, through hops: [ServiceNode],
        encryption: HopEncryption, timeLimit: Duration
    ) async throws -> Outcome {
        do {
            let request = try OnionRequest(
                payload, to: destination, through: hops, encryption: encryption, random: random)
            let response = try await transport.send(post(request.body, to: hops[0], timeLimit))
            guard response.head.status.code == 200 else {
                return .failure(.refused(PlainAnswer(status: response.head.status.code, body: response.body)))
            }
            return .reply(try request.reader.read(response.body))
        } catch let error as OnionError {
            return .failure(OnionFailure(error))
        } catch let error as TransportError {
            try Task.checkCancellation()
            return .failure(OnionFailure(error))
        }
    }

    private func post(_ body: [UInt8], to guardNode: ServiceNode, _ timeLimit: Duration) -> TransportRequest {
        let head = HTTPRequest(
            method: .post, scheme: "https", authority: guardNode.authority, path: OnionEntry.requestPath,
            headerFields: [.contentType: "application/octet-stream"])
        return TransportRequest(
            head, body: body, trust: .none, timeLimit: timeLimit, maximumResponseSize: maximumResponseSize)
    }
}

extension ServiceNode {
    /// Address and port of the HTTPS listener, as they stand in a URL.
    var authority: String { "\(address):\(httpsPort)" }
}
