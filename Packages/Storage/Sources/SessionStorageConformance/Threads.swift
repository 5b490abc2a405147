import Dispatch

/// Runs `body`, and what it calls, on a thread that may wait without holding up anyone else.
func onThreadOfItsOwn<R: Sendable>(_ body: @escaping @Sendable () async throws -> R) async throws -> R {
    try await Task(executorPreference: OwnThread(), operation: body).value
}

private final class OwnThread: TaskExecutor {
    private let queue = DispatchQueue(label: "SessionStorageConformance")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}

/// What a synchronous body tells an asynchronous task.
struct Signal: Sendable {
    private let stream: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    init() { (stream, continuation) = AsyncStream.makeStream() }

    func send() { continuation.finish() }

    func received() async {
        for await _ in stream {}
    }
}

/// Waits on this very thread, but not forever: a store that does wrong is to fail, not to hang.
func wait(for semaphore: DispatchSemaphore) throws {
    guard semaphore.wait(timeout: .now() + .seconds(30)) == .success else {
        throw ConformanceFailure(description: "readers and writers wait for each other")
    }
}
