import Dispatch
import FoundationEssentials
import Glibc
import SessionInterfaces
import SessionSwarm
import SessionTransport

/// Memory of connections that are kept but idle. The client's side is measured in another process.
enum IdleConnections {
    static func measure(at port: UInt16, count: Int) async throws {
        let program = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let (before, descriptors) = (ProcessFigures.residentSize, ProcessFigures.descriptors)
        let client = try await Client("'\(program)' connections \(port) \(count)")
        let connections = ProcessFigures.descriptors - descriptors
        let grown = ProcessFigures.residentSize - before
        await client.end()
        guard connections > 0 else { throw NetworkFixture.Unexpected(answer: "no connection was kept") }
        NetworkBenchmarks.say(
            """

            | idle connections over TLS | KiB each, client | KiB each, node |
            |---|---|---|
            | \(connections) | \(client.size) | \(Figures.rounded(Double(grown) / 1024 / Double(connections))) |
            """)
    }

    /// What the other process does: opens connections, says in KiB what each has cost, and holds them for a while.
    static func hold(_ arguments: some Collection<String>) async throws {
        let numbers = arguments.compactMap { Int($0) }
        guard numbers.count == 2, let port = UInt16(exactly: numbers[0]) else {
            throw NetworkFixture.Unexpected(answer: "connections takes a port and a count")
        }
        let transport = try CurlTransport(
            .init(connectTimeLimit: .seconds(20), maximumConnectionsPerHost: numbers[1], maximumConnections: numbers[1])
        )
        let request = NetworkFixture.request(try StorageRequest(method: "info").document(), to: port)
        // The libraries' own memory is not a connection's.
        _ = try await transport.send(request)
        let (before, descriptors) = (ProcessFigures.residentSize, ProcessFigures.descriptors)
        _ = try await NetworkLoad.run(numbers[1], inFlight: numbers[1]) { _, _ in _ = try await transport.send(request)
        }
        let grown = ProcessFigures.residentSize - before
        let connections = max(1, ProcessFigures.descriptors - descriptors)
        NetworkBenchmarks.say(Figures.rounded(Double(grown) / 1024 / Double(connections)))
        try await Task.sleep(for: .seconds(2))
        await transport.shutdown()
    }

    /// The other process, once it has its connections.
    private struct Client {
        let size: String
        private let pipe: Pipe

        init(_ command: String) async throws {
            let opened: (pipe: Pipe, line: String)? = await withCheckedContinuation { continuation in
                DispatchQueue.global().async {
                    guard let file = popen(command, "r") else { return continuation.resume(returning: nil) }
                    var line = [CChar](repeating: 0, count: 64)
                    _ = fgets(&line, 64, file)
                    let text = String(decoding: line.prefix { $0 > 0x20 }.map(UInt8.init), as: UTF8.self)
                    continuation.resume(returning: (Pipe(file: file), text))
                }
            }
            guard let opened else { throw NetworkFixture.Unexpected(answer: "no second process") }
            (pipe, size) = opened
        }

        func end() async {
            let pipe = pipe
            await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
                DispatchQueue.global().async {
                    pclose(pipe.file)
                    continuation.resume()
                }
            }
        }
    }

    /// `@unchecked Sendable` holds because it is used by one queue after the other.
    private struct Pipe: @unchecked Sendable {
        let file: UnsafeMutablePointer<FILE>
    }
}

/// What the system says about this process.
enum ProcessFigures {
    /// Bytes in memory.
    static var residentSize: Int {
        let text = (try? Data(contentsOf: URL(filePath: "/proc/self/statm"))) ?? Data()
        let pages = String(decoding: text, as: UTF8.self).split(separator: " ").dropFirst().first.flatMap { Int($0) }
        return (pages ?? 0) * Int(getpagesize())
    }

    static var descriptors: Int {
        (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count) ?? 0
    }
}
