import SessionMessages
import Testing

@Suite struct DescriptionTests {
    /// Everything that prints a value, printing this one.
    private func texts(_ value: some Any) -> [String] {
        var dumped = ""
        dump(value, to: &dumped)
        return ["\(value)", String(reflecting: value), dumped]
    }

    @Test func textsAndKeysStayOutOfDescriptions() throws {
        let key = [UInt8](repeating: 251, count: 32)
        let picture = try #require(ProfilePicture(url: "http://files.test/1", key: key))
        let attachment = Attachment(url: "http://files.test/2", key: key, caption: "private words")
        let message = VisibleMessage(text: "private words", attachments: [attachment])
        for text in texts(picture) + texts(attachment) + texts(message) + texts(MessagePayload.visible(message)) {
            #expect(!text.contains("251"))
            #expect(!text.contains("private"))
            #expect(!text.contains("files.test"))
        }
    }
}
