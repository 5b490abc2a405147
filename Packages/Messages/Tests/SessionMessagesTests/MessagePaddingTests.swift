import SessionInterfaces
import SessionMessages
import Testing

@Suite struct MessagePaddingTests {
    static let paddedLengths = [
        (0, 160), (1, 160), (79, 160), (157, 160), (158, 160), (159, 320), (160, 320), (161, 320), (318, 320),
        (319, 480),
        (320, 480),
    ]

    @Test(arguments: paddedLengths)
    func fillsBlocks(length: Int, paddedLength: Int) {
        let content = [UInt8](repeating: 7, count: length)
        let padded = MessagePadding.pad(content)
        #expect(padded.count == paddedLength)
        #expect(padded == content + [0x80] + [UInt8](repeating: 0, count: paddedLength - length - 1))
    }

    @Test(arguments: 0...400)
    func removesWhatItAdded(length: Int) {
        let content = SeededRandom(seed: UInt64(length)).bytes(length)
        #expect(MessagePadding.unpad(MessagePadding.pad(content)) == content)
    }

    static let otherForms: [([UInt8], [UInt8])] = [
        ([0x61, 0x62, 0x80, 0, 0, 0], [0x61, 0x62]),
        ([0x61, 0x62, 0x80], [0x61, 0x62]),
        ([0x61, 0x62, 0, 0], [0x61, 0x62]),
        ([0x61, 0x62], [0x61, 0x62]),
        ([0x61, 0x80, 0x80, 0], [0x61, 0x80]),
        ([0x61, 0x80, 0, 0x62], [0x61, 0x80, 0, 0x62]),
        ([0x61, 0, 0x80, 0], [0x61, 0]),
        ([0x80], []),
        ([0, 0, 0], []),
        ([], []),
    ]

    @Test(arguments: otherForms)
    func readsEveryForm(padded: [UInt8], content: [UInt8]) {
        #expect(MessagePadding.unpad(padded) == content)
    }

    @Test(arguments: 0...400)
    func readsLegacyPadding(length: Int) {
        let content = [UInt8](repeating: 7, count: length)
        let legacyLength = (length + 2 + 159) / 160 * 160 - 1
        let padded = content + [0x80] + [UInt8](repeating: 0, count: legacyLength - length - 1)
        #expect(MessagePadding.unpad(padded) == content)
    }
}
