import FoundationEssentials
import Glibc
import SessionInterfaces
import SessionTransport
import Testing

/// What is left behind after many requests, in a process of its own: descriptors and memory belong to all tests.
@Suite struct CurlLeakTests {
    @Test func nothingIsLeftOfManyRequests() async {
        await #expect(processExitsWith: .success) {
            let server = try Self.mixedServer()
            let descriptors = try Self.openDescriptors()
            let transport = try CurlTransport(.init(maximumConnectionsPerHost: 8))
            try await Self.sendMany(400, to: server, transport)
            let pages = try Self.residentPages()
            try await Self.sendMany(1600, to: server, transport)
            // 4 MiB: a leaked handle, head or body of each request would be more.
            guard try Self.residentPages() - pages < 1024 else { exit(2) }
            await transport.shutdown()
            for _ in 0..<1000 {
                // The server's ends close a moment later, and the language's runtime opens a few of its own.
                if try Self.openDescriptors() <= descriptors + 8 { exit(EXIT_SUCCESS) }
                try await Task.sleep(for: .milliseconds(10))
            }
            exit(EXIT_FAILURE)
        }
    }

    private static func mixedServer() throws -> ScriptedServer {
        try ScriptedServer { connection, _ in
            while let request = connection.readRequest() {
                switch request.line.split(separator: " ")[1] {
                case "/cut":
                    connection.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf")
                    return
                case "/large": connection.write("HTTP/1.1 200 OK\r\nContent-Length: 2000000\r\n\r\n")
                case "/silent": return connection.drain()
                default: connection.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
                }
            }
        }
    }

    private static func sendMany(_ count: Int, to server: ScriptedServer, _ transport: CurlTransport) async throws {
        let paths = ["/", "/cut", "/", "/large", "/", "/silent", "/refused", "/"]
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<count {
                if number >= 8 { try await group.next() }
                let path = paths[number % paths.count]
                group.addTask {
                    let authority = path == "/refused" ? "127.0.0.1:1" : server.authority
                    let limit = Duration.milliseconds(path == "/silent" ? 5 : 20_000)
                    let request = plain(authority, .post, path: path, body: [1, 2, 3], timeLimit: limit)
                    _ = try await errorCode { try await transport.send(request) }
                }
            }
            try await group.waitForAll()
        }
    }

    private static func openDescriptors() throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
    }

    /// Resident memory of this process, in pages of 4 KiB.
    private static func residentPages() throws -> Int {
        let numbers = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8).split(separator: " ")
        return try #require(Int(numbers[1]))
    }
}
