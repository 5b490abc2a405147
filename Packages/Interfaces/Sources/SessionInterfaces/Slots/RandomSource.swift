/// The randomness slot. Everything random in the toolkit comes from one of these, so that tests can repeat a run.
public protocol RandomSource: Sendable {
    func fill(_ buffer: UnsafeMutableRawBufferPointer)
}

extension RandomSource {
    public func bytes(_ count: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            fill(UnsafeMutableRawBufferPointer(buffer))
            initialized = count
        }
    }

    /// A generator over this source, for `shuffled(using:)`, `randomElement(using:)` and the like.
    public var generator: SourceGenerator { SourceGenerator(source: self) }
}

/// The operating system's cryptographic randomness.
public struct SystemRandom: RandomSource {
    public init() {}

    public func fill(_ buffer: UnsafeMutableRawBufferPointer) {
        var generator = SystemRandomNumberGenerator()
        var remaining = buffer[...]
        while !remaining.isEmpty {
            let word = generator.next()
            withUnsafeBytes(of: word) { bytes in
                let count = min(bytes.count, remaining.count)
                UnsafeMutableRawBufferPointer(rebasing: remaining.prefix(count)).copyMemory(
                    from: UnsafeRawBufferPointer(rebasing: bytes.prefix(count)))
                remaining = remaining.dropFirst(count)
            }
        }
    }
}

public struct SourceGenerator: RandomNumberGenerator {
    private let source: any RandomSource

    fileprivate init(source: any RandomSource) { self.source = source }

    public mutating func next() -> UInt64 {
        var word: UInt64 = 0
        withUnsafeMutableBytes(of: &word) { source.fill($0) }
        return word
    }
}
