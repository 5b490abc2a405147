import Glibc

/// A port on 127.0.0.1 whose queue is full: whoever connects waits for an answer that does not come.
final class FullListener: Sendable {
    let port: UInt16
    private let sockets: [Int32]

    init() throws {
        let (listener, port) = try ScriptedServer.listen(backlog: 0)
        self.port = port
        sockets = [listener] + (0..<4).map { _ in Self.connect(to: port) }
    }

    deinit { for socket in sockets { close(socket) } }

    private static func connect(to port: UInt16) -> Int32 {
        let client = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue), 0)
        var address = ScriptedServer.loopback(port)
        withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                _ = Glibc.connect(client, pointer, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        return client
    }
}
