import SessionInterfaces

/// Which messages of the receiver the sender has read. Follows protocol document 01, section 6.8.
public struct ReadReceipt: Hashable, Sendable {
    /// When those messages were sent; one or more.
    public let sentTimes: [Timestamp]

    public init(sentTimes: [Timestamp]) { self.sentTimes = sentTimes }

    init(_ protobuf: SessionProtos_ReceiptMessage) throws(MessagesError) {
        guard protobuf.type == .read else { throw .ignored("the receipt confirms delivery only") }
        sentTimes = protobuf.timestamp.compactMap(Timestamp.init(wireMilliseconds:))
        guard !sentTimes.isEmpty else { throw .ignored("the receipt names no message") }
    }

    func protobuf() throws(MessagesError) -> SessionProtos_ReceiptMessage {
        guard !sentTimes.isEmpty else { throw .invalid("the receipt names no message") }
        var receipt = SessionProtos_ReceiptMessage()
        receipt.type = .read
        for time in sentTimes { receipt.timestamp.append(try time.wireMilliseconds()) }
        return receipt
    }
}
