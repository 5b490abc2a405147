import FoundationEssentials
import SessionCrypto
import Synchronization

extension DirectMessage {
    /// Messages that one task opens before it looks for more: enough to make looking cheap.
    private static let shareCount = 8

    /// Opens many messages over all cores, for an account that fetched what waited for it.
    ///
    /// - Parameters:
    ///   - messages: Any bytes each: they may come from anyone.
    ///   - concurrency: How many are opened at the same time, 1 or more; as many as there are cores unless said.
    /// - Returns: For each message, in the order of `messages`, what it says, or why it has to be skipped.
    /// - Throws: `CancellationError` when the task was cancelled before all were opened.
    public static func decodeAll(
        _ messages: [[UInt8]], with keys: AccountKeys, allowing forms: UnsettledForms = [],
        forwardSecrecyKeys: [ForwardSecrecyKeys] = [], concurrency: Int = ProcessInfo.processInfo.activeProcessorCount
    ) async throws(CancellationError) -> [Result<ReceivedMessage, MessagesError>] {
        let shares = SharedCount()
        let open = { @Sendable (message: [UInt8]) -> Result<ReceivedMessage, MessagesError> in
            do throws(MessagesError) {
                return .success(
                    try decode(message, with: keys, allowing: forms, forwardSecrecyKeys: forwardSecrecyKeys))
            } catch {
                return .failure(error)
            }
        }
        let opened = await withTaskGroup(of: [Share].self) { group in
            for _ in 0..<max(1, min(concurrency, messages.count)) {
                group.addTask {
                    var opened: [Share] = []
                    while !Task.isCancelled {
                        let start = shares.next() * shareCount
                        guard start < messages.count else { break }
                        let share = messages[start..<min(start + shareCount, messages.count)]
                        opened.append(Share(position: start, results: share.map(open)))
                    }
                    return opened
                }
            }
            return await group.reduce(into: [Share]()) { $0 += $1 }
        }
        let results = opened.sorted { $0.position < $1.position }.flatMap(\.results)
        guard results.count == messages.count else { throw CancellationError() }
        return results
    }
}

/// What one task opened at a time.
private struct Share: Sendable {
    let position: Int
    let results: [Result<ReceivedMessage, MessagesError>]
}

/// Counts up, for tasks that share work.
private final class SharedCount: Sendable {
    private let count = Atomic(0)

    func next() -> Int { count.wrappingAdd(1, ordering: .relaxed).oldValue }
}
