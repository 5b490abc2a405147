import SessionInterfaces

extension DirectMessageSeal {
    /// Messages that are opened one after the other on one core: enough that starting a task costs nothing beside.
    private static let batchCount = 16

    /// Opens many messages on all cores.
    /// - Returns: for each message, in their order, what it held, or why it gave nothing: the errors of `open`.
    public static func openAll(
        _ messages: [[UInt8]], with recipient: X25519KeyPair
    ) async -> [Result<OpenedDirectMessage, CryptoError>] {
        typealias Outcome = Result<OpenedDirectMessage, CryptoError>
        return await withTaskGroup(of: (Int, [Outcome]).self) { group in
            let starts = stride(from: 0, to: messages.count, by: batchCount)
            for start in starts {
                group.addTask {
                    let batch = messages[start..<min(start + batchCount, messages.count)]
                    return (
                        start,
                        batch.map { message in Outcome { () throws(CryptoError) in try open(message, with: recipient) }
                        }
                    )
                }
            }
            var batches = [Int: [Outcome]](minimumCapacity: messages.count / batchCount + 1)
            for await (start, outcomes) in group { batches[start] = outcomes }
            return starts.flatMap { batches[$0] ?? [] }
        }
    }
}
