import CCurl
import SessionInterfaces

/// Drives all transfers. Made, used and dropped on the transport's thread.
final class TransferLoop {
    private static let idleHandleLimit = 64

    private let multi: MultiHandle
    private let configuration: CurlTransport.Configuration
    private var transfers: [UInt64: Transfer] = [:]
    private var idleHandles: [EasyHandle] = []
    /// No transfer's deadline comes before it. May lag behind; a look at all deadlines then corrects it.
    private var earliestDeadline: ContinuousClock.Instant?

    init(_ multi: MultiHandle, _ configuration: CurlTransport.Configuration) {
        self.multi = multi
        self.configuration = configuration
    }

    /// Returns once the engine is closing and every transfer has ended.
    func run(for engine: CurlEngine) {
        while true {
            let orders = engine.takeOrders()
            for submission in orders.submissions { start(submission) }
            for ticket in orders.cancellations { end(ticket, with: .failure(CancellationError())) }
            if orders.isClosing {
                return endAll(with: TransportError(.closed, "the transport was shut down"))
            }
            do throws(TransportError) {
                try multi.perform()
                completeFinished()
                try multi.wait(for: expireOverdue())
            } catch {
                endAll(with: error)
            }
        }
    }

    private func start(_ submission: CurlEngine.Submission) {
        guard let easy = idleHandles.popLast() ?? EasyHandle() else {
            let error = TransportError(.failed, "no memory for a request")
            return submission.continuation.resume(throwing: error)
        }
        let proxy = configuration.proxies.proxy(for: submission.outgoing)
        let transfer = Transfer(submission, through: proxy, on: easy)
        do {
            try transfer.prepare(under: configuration)
            try multi.add(easy)
        } catch {
            return submission.continuation.resume(throwing: error)
        }
        transfers[submission.ticket] = transfer
        let deadline = submission.outgoing.deadline
        earliestDeadline = earliestDeadline.map { min($0, deadline) } ?? deadline
    }

    private func completeFinished() {
        while let (easy, code) = multi.nextFinished() {
            guard let transfer = Transfer.owner(of: easy) else { continue }
            end(transfer.ticket, with: transfer.result(code))
        }
    }

    /// Ends what is overdue and returns the time until the next deadline.
    private func expireOverdue() -> Duration {
        let now = ContinuousClock.now
        if let deadline = earliestDeadline, deadline <= now {
            for transfer in transfers.values where transfer.deadline <= now {
                end(transfer.ticket, with: .failure(transfer.timeOut))
            }
            earliestDeadline = transfers.values.map(\.deadline).min()
        }
        return earliestDeadline.map { now.duration(to: $0) } ?? .seconds(3600)
    }

    /// Tickets that are unknown belong to transfers that ended before.
    private func end(_ ticket: UInt64, with result: Result<TransportResponse, any Error>) {
        guard let transfer = transfers.removeValue(forKey: ticket) else { return }
        multi.remove(transfer.easy)
        if idleHandles.count < Self.idleHandleLimit {
            transfer.easy.reset()
            idleHandles.append(transfer.easy)
        }
        transfer.continuation.resume(with: result)
    }

    private func endAll(with error: TransportError) {
        for ticket in Array(transfers.keys) { end(ticket, with: .failure(error)) }
        earliestDeadline = nil
    }
}
