// Short forms for libqpdf's objects.
#pragma once

// libqpdf asks every user to choose; 4 is the API without its old pointer class.
#define POINTERHOLDER_TRANSITION 4
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFWriter.hh>
#include <string>
#include <string_view>

#include "ledger/core/time.h"
#include "render/pdf/deflated.h"
#include "render/pdf/page.h"

namespace refledger::pdf {

using Object = QPDFObjectHandle;

Object text_object(std::string_view utf8);
Object rectangle_object(const Box& box);
Object date_object(Date day);
Object name_object(const std::string& name);  ///< with its slash
Object number_object(std::size_t number);

/// A dictionary from PDF source, with a number of its own.
Object indirect(QPDF& pdf, const std::string& source);
/// A stream whose dictionary is `source`; libqpdf writes the packed data as it is.
Object stream(QPDF& pdf, const Deflated& data, const std::string& source = "<<>>");
/// The same, packing `data`.
Object stream(QPDF& pdf, std::string_view data, const std::string& source = "<<>>");
/// Packs what a stream holds plainly.
void pack(Object stream);

}  // namespace refledger::pdf
