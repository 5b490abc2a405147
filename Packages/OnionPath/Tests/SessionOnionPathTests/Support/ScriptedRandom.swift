import SessionInterfaces
import Synchronization

/// Hands out prepared bytes in order.
final class ScriptedRandom: RandomSource {
    private let rest: Mutex<ArraySlice<UInt8>>

    init(_ bytes: [UInt8]) { rest = Mutex(bytes[...]) }

    var isUsedUp: Bool { rest.withLock(\.isEmpty) }

    func fill(_ buffer: UnsafeMutableRawBufferPointer) {
        rest.withLock { rest in
            precondition(rest.count >= buffer.count, "the script is too short")
            buffer.copyBytes(from: rest.prefix(buffer.count))
            rest = rest.dropFirst(buffer.count)
        }
    }
}
