import Glibc
import Synchronization
import UnixSignals

/// Ends a command when the user or the system asks for it.
enum Interruption {
    /// Runs `body` and cancels it at the first SIGINT or SIGTERM; a second one ends the process at once.
    static func watch(_ body: @escaping @Sendable () async throws -> Void) async throws {
        signal(SIGPIPE, SIG_IGN)
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
        let received = Mutex<ExitStatus?>(nil)
        let work = Task { try await body() }
        let watcher = Task {
            for await signal in signals {
                let status: ExitStatus = signal == .sigterm ? .terminated : .interrupted
                let isSecond = received.withLock { first in
                    defer { first = first ?? status }
                    return first != nil
                }
                if isSecond { _exit(status.rawValue) }
                work.cancel()
            }
        }
        defer { watcher.cancel() }
        do {
            try await work.value
        } catch {
            if let status = received.withLock({ $0 }) { throw Interrupted(status: status) }
            throw error
        }
        if let status = received.withLock({ $0 }) { throw Interrupted(status: status) }
    }
}

/// A signal ended the command.
struct Interrupted: Error {
    let status: ExitStatus
}

/// Runs `body` for at most `limit`.
/// - Throws: `ControlError(.timedOut)` when the time is over.
func within<R: Sendable>(_ limit: Duration?, _ body: @escaping @Sendable () async throws -> R) async throws -> R {
    guard let limit else { return try await body() }
    return try await withThrowingTaskGroup(of: R.self) { group in
        group.addTask { try await body() }
        group.addTask {
            try await Task.sleep(for: limit)
            throw ControlError(.timedOut, "no result within \(limit.milliseconds) ms; --timeout sets the limit")
        }
        defer { group.cancelAll() }
        guard let first = try await group.next() else { throw CancellationError() }
        return first
    }
}
