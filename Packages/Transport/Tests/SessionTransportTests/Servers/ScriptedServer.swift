import Glibc
import Synchronization

@testable import SessionTransport

/// A server on 127.0.0.1 that plays a script on each connection, with blocking sockets on threads of its own.
final class ScriptedServer: Sendable {
    /// Gets a connection and its number, counted from 1. The connection is closed when the script returns.
    typealias Script = @Sendable (ServerConnection, Int) -> Void

    let port: UInt16
    private let listener: Int32
    private let accepted: Counter

    init(_ script: @escaping Script) throws {
        let accepted = Counter()
        let (listener, port) = try Self.listen(backlog: 1024)
        self.listener = listener
        self.port = port
        self.accepted = accepted
        try DedicatedThread.start { Self.serve(listener, accepted, script) }
    }

    /// A server that gives one answer to every request, for as long as the client keeps the connection.
    convenience init(answering answer: String) throws {
        try self.init { connection, _ in
            while connection.readRequest() != nil { connection.write(answer) }
        }
    }

    deinit { shutdown(listener, Int32(SHUT_RDWR)) }

    var authority: String { "127.0.0.1:\(port)" }
    var connectionCount: Int { accepted.value }

    static func loopback(_ port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        address.sin_port = port.bigEndian
        return address
    }

    /// A listening socket on a port of the system's choice.
    static func listen(backlog: Int32) throws -> (Int32, UInt16) {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = loopback(0)
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(listener, pointer, size) | Glibc.listen(listener, backlog) | getsockname(listener, pointer, &size)
            }
        }
        guard listener >= 0, status == 0 else { throw CannotListen(error: errno) }
        return (listener, UInt16(bigEndian: address.sin_port))
    }

    private static func serve(_ listener: Int32, _ accepted: Counter, _ script: @escaping Script) {
        defer { close(listener) }
        while true {
            let socket = accept(listener, nil, nil)
            guard socket >= 0 else { return }
            let connection = ServerConnection(socket)
            let number = accepted.increment()
            do {
                try DedicatedThread.start {
                    script(connection, number)
                    connection.close()
                }
            } catch {
                connection.close()
            }
        }
    }

    struct CannotListen: Error {
        let error: Int32
    }
}
