import Foundation

/// The built `sessionctl`, run as its users run it: as a process, with a home directory of its own.
struct Tool: Sendable {
    struct Outcome: Sendable {
        let status: Int32
        let out: String
        let error: String

        /// The lines of stdout as JSON objects.
        var objects: [[String: Any]] {
            get throws { try out.split(separator: "\n").map { try Tool.object(String($0)) } }
        }

        /// The error object on stderr.
        var failure: [String: Any] {
            get throws { try Tool.object(error)["error"] as? [String: Any] ?? [:] }
        }
    }

    let home: URL
    private let environment: [String: String]

    init(home: URL, environment: [String: String] = [:]) {
        self.home = home
        var all = ["HOME": home.path, "PATH": "/usr/bin:/bin", "SWIFT_BACKTRACE": "enable=no", "TMPDIR": home.path]
        // Where the toolchain keeps its libraries may be said there.
        all["LD_LIBRARY_PATH"] = ProcessInfo.processInfo.environment["LD_LIBRARY_PATH"]
        self.environment = all.merging(environment) { $1 }
    }

    /// The tool beside the tests that are running.
    static let executable = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent().appending(path: "sessionctl")

    static func object(_ text: String) throws -> [String: Any] {
        try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] ?? [:]
    }

    /// Runs the tool to its end.
    func run(_ arguments: [String], input: String = "") async throws -> Outcome {
        let running = try start(arguments, input: input)
        return await running.outcome()
    }

    func run(_ arguments: String..., input: String = "") async throws -> Outcome {
        try await run(arguments, input: input)
    }

    /// Starts the tool and leaves it running.
    func start(_ arguments: [String], input: String = "") throws -> Running {
        try Running(Self.executable, arguments, environment: environment, input: input)
    }

    /// Runs a shell script in the tool's environment.
    func shell(_ script: String) async throws -> Outcome {
        try await Running(URL(filePath: "/bin/bash"), ["-c", script], environment: environment, input: "").outcome()
    }

    /// A directory for one test, removed afterwards.
    static func inTemporaryHome<R>(_ body: (Tool) async throws -> R) async throws -> R {
        let home = FileManager.default.temporaryDirectory.appending(path: "sessionctl-tests-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: home, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(at: home) }
        return try await body(Tool(home: home))
    }
}

/// A process under way.
///
/// Its streams are files: another process, started at the same moment, would inherit the ends of pipes and keep them
/// open.
final class Running: Sendable {
    private let process: Process
    private let ended: AsyncStream<Void>
    private let streams: URL

    fileprivate init(_ executable: URL, _ arguments: [String], environment: [String: String], input: String) throws {
        streams = FileManager.default.temporaryDirectory.appending(path: "streams-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: streams, withIntermediateDirectories: true)
        for (name, content) in [("in", input), ("out", ""), ("error", "")] {
            try Data(content.utf8).write(to: streams.appending(path: name))
        }
        let process = Process()
        process.executableURL = executable
        process.arguments = arguments
        process.environment = environment
        process.standardInput = try FileHandle(forReadingFrom: streams.appending(path: "in"))
        process.standardOutput = try FileHandle(forWritingTo: streams.appending(path: "out"))
        process.standardError = try FileHandle(forWritingTo: streams.appending(path: "error"))
        let (ended, continuation) = AsyncStream<Void>.makeStream()
        self.ended = ended
        process.terminationHandler = { _ in continuation.finish() }
        try process.run()
        self.process = process
    }

    deinit { try? FileManager.default.removeItem(at: streams) }

    var out: String { text("out") }

    private func text(_ stream: String) -> String {
        String(decoding: (try? Data(contentsOf: streams.appending(path: stream))) ?? Data(), as: UTF8.self)
    }

    func signal(_ number: Int32) { kill(process.processIdentifier, number) }

    /// Waits for the end.
    func outcome() async -> Tool.Outcome {
        for await _ in ended {}
        let status =
            process.terminationReason == .uncaughtSignal ? 128 + process.terminationStatus : process.terminationStatus
        return Tool.Outcome(status: status, out: out, error: text("error"))
    }

    /// Waits until stdout satisfies `condition`; false when that does not happen in time.
    func waits(until condition: (String) -> Bool) async throws -> Bool {
        try await waits(for: "out", until: condition)
    }

    /// Waits until stderr satisfies `condition`; false when that does not happen in time.
    func waitsForError(until condition: (String) -> Bool) async throws -> Bool {
        try await waits(for: "error", until: condition)
    }

    private func waits(for stream: String, until condition: (String) -> Bool) async throws -> Bool {
        let end = ContinuousClock.now + .seconds(60)
        while ContinuousClock.now < end {
            let isOver = !process.isRunning
            if condition(text(stream)) { return true }
            if isOver { return false }
            try await Task.sleep(for: .milliseconds(20))
        }
        return false
    }
}
