import CCurl
import SessionInterfaces

extension Transfer {
    /// The transfer that `prepare` connected to the handle.
    static func owner(of easy: UnsafeMutableRawPointer) -> Transfer? {
        var context: UnsafeMutableRawPointer?
        guard ccurl_get_private(easy, &context) == CURLE_OK, let context else { return nil }
        return Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
    }

    func connect(wantsProgress: Bool) throws(CurlFailure) {
        let context = Unmanaged.passUnretained(self).toOpaque()
        try easy.set(CURLOPT_PRIVATE, context)
        try easy.set(CURLOPT_HEADERDATA, context)
        try easy.set(CURLOPT_HEADERFUNCTION) { data, size, count, context in
            Transfer.receive(data, size * count, context) { $0.receive(headerLine: $1) }
        }
        try easy.set(CURLOPT_WRITEDATA, context)
        try easy.set(CURLOPT_WRITEFUNCTION) { data, size, count, context in
            Transfer.receive(data, size * count, context) { $0.receive(bodyPart: $1) }
        }
        guard wantsProgress else { return }
        try easy.set(CURLOPT_NOPROGRESS, false)
        try easy.set(CURLOPT_XFERINFODATA, context)
        try easy.setProgress { context, receivedTotal, received, sentTotal, sent in
            guard let context else { return 0 }
            Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue().report(
                TransferProgress(
                    sent: Int64(sent), sentTotal: sentTotal > 0 ? Int64(sentTotal) : nil,
                    received: Int64(received), receivedTotal: receivedTotal > 0 ? Int64(receivedTotal) : nil))
            return 0
        }
    }

    /// Returns what libcurl wants to hear: the number of bytes taken, or for a stop any other number.
    private static func receive(
        _ data: UnsafeMutablePointer<CChar>?, _ count: Int, _ context: UnsafeMutableRawPointer?,
        take: (Transfer, UnsafeRawBufferPointer) -> Bool
    ) -> Int {
        guard let context else { return Int(CURL_WRITEFUNC_ERROR) }
        let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
        let bytes = UnsafeRawBufferPointer(start: data, count: count)
        return take(transfer, bytes) ? count : Int(CURL_WRITEFUNC_ERROR)
    }
}
