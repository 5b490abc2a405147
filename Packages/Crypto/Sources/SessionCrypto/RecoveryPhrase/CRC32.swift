/// CRC-32 (ISO-HDLC), a bit at a time: it sees some forty bytes, and a table would be read at secret places.
struct CRC32 {
    private var register: UInt32 = 0xffff_ffff

    mutating func update(_ bytes: some Sequence<UInt8>) {
        for byte in bytes {
            register ^= UInt32(byte)
            for _ in 0..<8 {
                register = register >> 1 ^ (0xedb8_8320 & (0 &- register & 1))
            }
        }
    }

    var value: UInt32 { ~register }
}
