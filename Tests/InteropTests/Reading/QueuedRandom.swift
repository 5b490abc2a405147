import SessionInterfaces
import Synchronization

/// Hands out the draws of a vector, one after the other, so that randomised formats come out byte for byte.
final class QueuedRandom: RandomSource {
    private let draws: Mutex<[[UInt8]]>

    init(_ draws: [[UInt8]]) { self.draws = Mutex(draws) }

    var isExhausted: Bool { draws.withLock { $0.isEmpty } }

    func fill(_ buffer: UnsafeMutableRawBufferPointer) {
        let draw = draws.withLock { $0.isEmpty ? nil : $0.removeFirst() }
        guard let draw, draw.count == buffer.count else {
            fatalError("a draw of \(buffer.count) bytes, where the vector has \(draw.map { "\($0.count)" } ?? "none")")
        }
        buffer.copyBytes(from: draw)
    }
}
