import CSodium
import SessionInterfaces

/// libsodium's randomness: the operating system's generator.
public struct CryptoRandom: RandomSource {
    public init() {}

    public func fill(_ buffer: UnsafeMutableRawBufferPointer) {
        guard let address = buffer.baseAddress else { return }
        Sodium.prepare()
        randombytes_buf(address, buffer.count)
    }
}
