import Glibc

/// Where results and talk go: data to stdout, everything else to stderr.
struct Console: Sendable {
    var isJSON = false
    var isQuiet = false
    var isVerbose = false

    /// Prints a result.
    func print(_ report: some Report) throws {
        Self.writeOut(isJSON ? try JSONText.encode(report) : report.text)
    }

    /// Says something that is worth knowing, unless asked to be quiet.
    func note(_ text: String) {
        guard !isQuiet else { return }
        Self.writeError(text)
    }

    /// Says something for the curious.
    func detail(_ text: @autoclosure () -> String) {
        guard isVerbose else { return }
        Self.writeError(text())
    }

    /// Runs `body`; when it takes over a second and someone watches, says what is going on.
    func progress<R: Sendable>(_ text: String, _ body: @Sendable () async throws -> R) async throws -> R {
        guard !isQuiet, isatty(STDERR_FILENO) == 1 else { return try await body() }
        let announcement = Task {
            try await Task.sleep(for: .seconds(1))
            Self.writeError(text)
        }
        defer { announcement.cancel() }
        return try await body()
    }

    static func writeOut(_ text: String) { write(text, to: STDOUT_FILENO) }

    static func writeError(_ text: String) { write(text, to: STDERR_FILENO) }

    /// Writes a line at once: a reader on a pipe sees each result when it is there.
    private static func write(_ text: String, to descriptor: Int32) {
        var bytes = Array(text.utf8)
        if bytes.last != UInt8(ascii: "\n") { bytes.append(UInt8(ascii: "\n")) }
        var offset = 0
        while offset < bytes.count {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress! + offset, $0.count - offset) }
            if count < 0, errno == EINTR { continue }
            // The reader has gone: there is nobody left to tell.
            guard count > 0 else { _exit(ExitStatus.cannotCreate.rawValue) }
            offset += count
        }
    }
}
