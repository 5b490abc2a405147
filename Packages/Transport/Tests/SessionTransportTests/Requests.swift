import HTTPTypes
import SessionInterfaces
import SessionTransport

/// A request over plain HTTP, which asks for no proof.
func plain(
    _ authority: String, _ method: HTTPRequest.Method = .get, path: String = "/", fields: HTTPFields = [:],
    body: [UInt8] = [], timeLimit: Duration = .seconds(20), maximumResponseSize: Int = 1 << 20,
    progress: (@Sendable (TransferProgress) -> Void)? = nil
) -> TransportRequest {
    let head = HTTPRequest(method: method, scheme: "http", authority: authority, path: path, headerFields: fields)
    return TransportRequest(
        head, body: body, trust: .none, timeLimit: timeLimit, maximumResponseSize: maximumResponseSize,
        progress: progress)
}

/// The code of the transport error that `work` throws; nil when it succeeds.
func errorCode(_ work: () async throws -> TransportResponse) async throws -> TransportError.Code? {
    do {
        _ = try await work()
        return nil
    } catch let error as TransportError {
        return error.code
    }
}

extension TransportResponse {
    var text: String { String(decoding: body, as: UTF8.self) }
}
