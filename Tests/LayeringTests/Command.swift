import Foundation

/// A command of the toolchain.
enum Command {
    /// Runs it; returns its exit status and what it printed on both streams.
    ///
    /// Reading blocks until it ends, which must not hold up the tests beside this one: it has a thread of its own.
    static func run(_ arguments: [String], discardingErrors: Bool = false) async throws -> (status: Int32, Data) {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = discardingErrors ? FileHandle.nullDevice : output
        return try await withCheckedThrowingContinuation { done in
            Thread.detachNewThread {
                done.resume(
                    with: Result {
                        try process.run()
                        let data = output.fileHandleForReading.readDataToEndOfFile()
                        process.waitUntilExit()
                        return (process.terminationStatus, data)
                    })
            }
        }
    }
}
