import SessionInterfaces

/// A write that waits for its turn.
struct WriteRequest: Sendable {
    let durability: Durability
    /// Runs the body; returns what hands over its result, for when it has been committed.
    let run: @Sendable (any StoreTransaction) throws -> @Sendable () -> Void
    let fail: @Sendable (any Error) -> Void

    init<R: Sendable>(
        _ durability: Durability, _ body: @escaping @Sendable (any StoreTransaction) throws -> R,
        _ continuation: CheckedContinuation<R, any Error>
    ) {
        self.durability = durability
        run = { transaction in
            let result = try body(transaction)
            return { continuation.resume(returning: result) }
        }
        fail = { continuation.resume(throwing: $0) }
    }
}
