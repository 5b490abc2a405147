import Glibc
import Synchronization

/// A worker under way. Its functions block: call them on a thread that may wait.
final class WorkerProcess: Sendable {
    enum Ending: Equatable {
        case exited(Int32)
        case killed(by: Int32)
    }

    let identifier: pid_t
    private let input: CInt
    private let output: CInt

    /// Another worker, started at the same moment, must not inherit a pipe that is not yet marked as not to be.
    private static let starting = Mutex(())

    static func start(_ program: WorkerProgram, _ task: WorkerTask, at path: String) throws -> WorkerProcess {
        try starting.withLock { _ in try WorkerProcess(program, task, at: path) }
    }

    private init(_ program: WorkerProgram, _ task: WorkerTask, at path: String) throws {
        let (input, output) = (try Self.pipe(), try Self.pipe())
        defer {
            close(input.reading)
            close(output.writing)
        }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, input.reading, STDIN_FILENO)
        posix_spawn_file_actions_adddup2(&actions, output.writing, STDOUT_FILENO)
        let words = [program.path] + program.arguments + [StoreWorker.marker, path] + task.words
        var arguments = words.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var identifier: pid_t = 0
        let code = posix_spawn(&identifier, program.path, &actions, nil, &arguments, environ)
        (self.identifier, self.input, self.output) = (identifier, input.writing, output.reading)
        guard code == 0 else {
            throw ConformanceFailure(
                description: "the worker \(program.path) cannot be started: \(String(cString: strerror(code)))")
        }
    }

    deinit {
        close(input)
        close(output)
    }

    /// What it says next; nil when it has ended.
    func read() -> String? {
        var bytes = [UInt8](repeating: 0, count: 4096)
        var count = Glibc.read(output, &bytes, bytes.count)
        while count < 0, errno == EINTR { count = Glibc.read(output, &bytes, bytes.count) }
        return count > 0 ? String(decoding: bytes.prefix(count), as: UTF8.self) : nil
    }

    /// Everything that it says until it ends.
    func readToEnd() -> String {
        var text = ""
        while let more = read() { text += more }
        return text
    }

    func kill() { Glibc.kill(identifier, SIGKILL) }

    /// To be called once, when it has ended or is about to.
    func ending() -> Ending {
        var status: CInt = 0
        while waitpid(identifier, &status, 0) < 0, errno == EINTR {}
        let signal = status & 0x7f
        return signal == 0 ? .exited(status >> 8 & 0xff) : .killed(by: signal)
    }

    private static func pipe() throws -> (reading: CInt, writing: CInt) {
        var ends: [CInt] = [0, 0]
        guard Glibc.pipe(&ends) == 0 else {
            throw ConformanceFailure(description: "no pipe for a worker: \(String(cString: strerror(errno)))")
        }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }
}

/// Where the running program is.
func ownPath() -> String {
    var path = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink("/proc/self/exe", &path, path.count)
    return String(decoding: path.prefix(max(count, 0)).map(UInt8.init(bitPattern:)), as: UTF8.self)
}
