import Glibc

/// State behind a lock, with waiting until it is as one needs it.
final class Monitor<State> {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var state: State

    init(_ state: State) {
        self.state = state
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(changed, nil)
    }

    deinit {
        pthread_cond_destroy(changed)
        pthread_mutex_destroy(mutex)
        changed.deallocate()
        mutex.deallocate()
    }

    /// Waits until `isReady`, then runs `body`; nobody else touches the state in the meantime.
    func withLock<R>(
        when isReady: (State) -> Bool = { _ in true }, _ body: (inout State) throws -> R
    ) rethrows -> R {
        pthread_mutex_lock(mutex)
        defer {
            pthread_cond_broadcast(changed)
            pthread_mutex_unlock(mutex)
        }
        while !isReady(state) { pthread_cond_wait(changed, mutex) }
        return try body(&state)
    }
}

// Sound, because the state is reached only through `withLock`, and what it holds never leaves it unlocked.
extension Monitor: @unchecked Sendable {}
