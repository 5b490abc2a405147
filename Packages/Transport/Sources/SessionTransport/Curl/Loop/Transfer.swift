import CCurl
import SessionInterfaces

/// One request on its way, with what has come of its answer. Stays on the transport's thread.
final class Transfer {
    let easy: EasyHandle
    private let submission: CurlEngine.Submission
    private let proxy: ProxyAddress?
    private var head = AnswerHead()
    private var body: [UInt8] = []
    /// Why the transfer was stopped from within; libcurl then only knows that it was.
    private var refusal: TransportError?
    private var lastProgress: TransferProgress?

    /// Memory set aside on the word of a server before any of the bytes it promises have come.
    private static let largestReservation = 1 << 20

    init(_ submission: CurlEngine.Submission, through proxy: ProxyAddress?, on easy: EasyHandle) {
        self.submission = submission
        self.proxy = proxy
        self.easy = easy
    }

    var ticket: UInt64 { submission.ticket }
    var continuation: CheckedContinuation<TransportResponse, any Error> { submission.continuation }
    var deadline: ContinuousClock.Instant { submission.outgoing.deadline }
    var timeOut: TransportError {
        let limit = submission.outgoing.request.timeLimit
        return TransportError(.timedOut, "no complete answer within \(limit) (\(submission.outgoing.authority))")
    }

    /// Sets up the handle, which calls back into this transfer from now on; the loop keeps the transfer as long as the
    /// handle is in use.
    func prepare(under configuration: CurlTransport.Configuration) throws(TransportError) {
        do throws(CurlFailure) {
            try easy.prepare(for: submission.outgoing, through: proxy, under: configuration)
            try connect(wantsProgress: submission.outgoing.request.progress != nil)
        } catch {
            throw transportError(error)
        }
    }

    /// What the caller gets, now that libcurl has finished with `code`.
    func result(_ code: CURLcode) -> Result<TransportResponse, any Error> {
        if let refusal { return .failure(refusal) }
        guard code == CURLE_OK else { return .failure(transportError(easy.failure(code))) }
        guard let response = head.response else {
            return .failure(TransportError(.malformedResponse, "the answer has no final status"))
        }
        return .success(TransportResponse(response, body: body))
    }

    /// Takes a header line; false stops the transfer.
    func receive(headerLine line: UnsafeRawBufferPointer) -> Bool {
        let wasComplete = head.isComplete
        do throws(TransportError) {
            try head.take(line)
        } catch {
            refusal = error
            return false
        }
        guard head.isComplete, !wasComplete else { return true }
        return expectBody(of: head.bodyLength(answering: submission.outgoing.request.head.method) ?? 0)
    }

    /// Takes a piece of the body; false stops the transfer.
    func receive(bodyPart part: UnsafeRawBufferPointer) -> Bool {
        guard fits(body.count + part.count) else { return false }
        body.append(contentsOf: part)
        return true
    }

    func report(_ progress: TransferProgress) {
        guard progress != lastProgress else { return }
        lastProgress = progress
        submission.outgoing.request.progress?(progress)
    }

    private func transportError(_ failure: CurlFailure) -> TransportError {
        failure.transportError(for: submission.outgoing, throughProxy: proxy != nil)
    }

    private func expectBody(of length: Int) -> Bool {
        guard fits(length) else { return false }
        body.reserveCapacity(min(length, Self.largestReservation))
        return true
    }

    private func fits(_ size: Int) -> Bool {
        let limit = submission.outgoing.request.maximumResponseSize
        guard size > limit else { return true }
        refusal = TransportError(.responseTooLarge, "the answer is larger than \(limit) bytes")
        return false
    }
}
