import Glibc

/// The server's end of a connection.
struct ServerConnection: Sendable {
    private let socket: Int32

    init(_ socket: Int32) {
        self.socket = socket
        // A test that goes wrong must not leave a thread waiting for ever.
        var limit = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    }

    /// Reads one request with its body; nil at the end of the connection.
    func readRequest() -> ReceivedRequest? {
        var head: [UInt8] = []
        while !head.suffix(4).elementsEqual("\r\n\r\n".utf8) {
            guard let byte = read(1) else { return nil }
            head += byte
        }
        var request = ReceivedRequest(head: String(decoding: head.dropLast(4), as: UTF8.self))
        guard let length = request["content-length"].flatMap({ Int($0) }) else { return request }
        guard let body = read(length) else { return nil }
        request.body = body
        return request
    }

    /// Exactly `count` bytes; nil when the connection ends before.
    func read(_ count: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            let size = bytes.withUnsafeMutableBytes { recv(socket, $0.baseAddress! + filled, count - filled, 0) }
            guard size > 0 else { return nil }
            filled += size
        }
        return bytes
    }

    func write(_ text: String) { write(Array(text.utf8)) }

    /// False when the other side is gone.
    @discardableResult
    func write(_ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let size = bytes.withUnsafeBytes { buffer in
                send(socket, buffer.baseAddress! + sent, buffer.count - sent, Int32(MSG_NOSIGNAL))
            }
            guard size > 0 else { return false }
            sent += size
        }
        return true
    }

    /// Waits until the client closes the connection; false when it sends something instead.
    func waitForEnd() -> Bool { read(1) == nil }

    /// Reads and forgets until the client closes the connection.
    func drain() {
        while read(1024) != nil {}
    }

    /// Ends the connection; its descriptor stays taken until `close`.
    func end() { shutdown(socket, Int32(SHUT_RDWR)) }

    /// Called once, by the server.
    func close() { Glibc.close(socket) }
}

/// A request as it came over the wire.
struct ReceivedRequest: Sendable {
    let line: String
    let fields: [(name: String, value: String)]
    var body: [UInt8] = []

    init(head: String) {
        var lines = head.split(separator: "\r\n").map(String.init)
        line = lines.removeFirst()
        fields = lines.map { line in
            let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            return (parts[0].lowercased(), String(parts[1].drop { $0 == " " }))
        }
    }

    subscript(name: String) -> String? { fields.first { $0.name == name }?.value }
}
