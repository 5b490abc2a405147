import Glibc
import SessionInterfaces

/// A thread for calls that block, which must not happen on the threads that run Swift's tasks.
enum DedicatedThread {
    /// Runs `body` on a thread of its own, which ends when `body` returns.
    ///
    /// The thread takes no signals: they belong to the program, and a write to a broken socket must not raise SIGPIPE.
    /// - Throws: `TransportError` with code `.failed` when the system refuses a thread.
    static func start(_ body: @escaping @Sendable () -> Void) throws(TransportError) {
        let box = Unmanaged.passRetained(Body(body))
        var thread = pthread_t()
        let status = pthread_create(&thread, nil, run, box.toOpaque())
        guard status == 0 else {
            box.release()
            throw TransportError(.failed, "the system refuses a thread (error \(status))")
        }
        pthread_detach(thread)
    }

    private static let run: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { context in
        guard let context else { return nil }
        var signals = sigset_t()
        sigfillset(&signals)
        pthread_sigmask(SIG_BLOCK, &signals, nil)
        Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run()
        return nil
    }

    private final class Body {
        let run: @Sendable () -> Void

        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }
}
